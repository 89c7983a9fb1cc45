"""What the Streamlit pages need: the address, the session, the frame, tiles and the details of an
activity.

May import: exports, figures, history, html, metrics, slides, store, stories, values, words,
workbook, writing.
"""
