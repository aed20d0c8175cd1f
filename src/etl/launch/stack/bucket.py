"""Make the bucket that holds the data: `python -m etl.launch.stack.bucket s3://NAME`."""

import sys

import fsspec

if __name__ == "__main__":
    fs, name = fsspec.url_to_fs(sys.argv[1])
    fs.makedirs(name, exist_ok=True)
