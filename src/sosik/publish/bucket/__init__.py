"""An edition published to a bucket of an object store (S3, R2, GCS, Azure)."""
