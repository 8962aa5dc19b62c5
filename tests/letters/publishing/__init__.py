"""An edition made public: prepared, released, out, on all pages, and taken back."""
