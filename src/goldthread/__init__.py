"""Goldthread: the software on which a Community Safety Partnership does its work."""

import os

# The matrices here are small: sharing one product among threads costs more than it saves, and makes the last digits
# depend on how many processors a machine has. Said before NumPy is loaded, which reads it once.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
