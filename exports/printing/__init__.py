"""A page of HTML onto paper. Nothing here knows Django: it runs in a process of its own."""
