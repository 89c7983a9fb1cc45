"""The script that Streamlit runs for each reader, beside the folder `static` that it serves.

May import: ui.
"""
