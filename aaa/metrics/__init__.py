"""Every number on screen: a frame in, a frame or a number out. The date is an argument; unknown stays unknown."""
