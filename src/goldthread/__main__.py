"""`python -m goldthread` is the `goldthread` command."""

import sys

if __name__ == "__main__":
    try:
        from goldthread.cli import main

        main()
    except KeyboardInterrupt:  # so early that nothing has begun
        sys.exit(130)
