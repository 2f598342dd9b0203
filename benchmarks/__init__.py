"""What things cost, as ratios; read `docs/benchmarks.md`. Nothing here is a test."""
