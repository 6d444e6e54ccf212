"""`python -m mtvp.embedded remove`: delete the data of the embedded servers."""

import sys

from mtvp.embedded import EmbeddedServerError, local_folder, remove_servers


def main(arguments: list[str]) -> int:
    if arguments != ["remove"]:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    try:
        remove_servers(local_folder())
    except EmbeddedServerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
