"""`python -m ssc` is `ssc`."""

from ssc.cli import main

if __name__ == "__main__":
    main(prog_name="ssc")
