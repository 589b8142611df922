"""Tests of the audience: logs written by known visitors, and by people who mean no good."""
