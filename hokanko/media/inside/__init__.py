"""What runs only inside a cell: the one place where PyAV and zxing-cpp are imported."""
