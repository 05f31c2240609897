"""What people of the desk are told: by a notice, at the desk and by e-mail."""
