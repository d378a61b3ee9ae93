"""Work on what strangers wrote, in a process of its own: whatever it does, only that process ends.

Nothing here knows Django, so that such a process begins at once.
"""
