"""What only the Streamlit pages need: the address, the session, the frame, tiles and the details of an activity."""
