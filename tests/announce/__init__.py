"""Tests of announcing: real hubs, real endpoints and real nuisances, all on loopback."""
