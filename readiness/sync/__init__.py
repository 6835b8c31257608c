"""The exchange of steps between laptops: signed files, and the places they are left in."""
