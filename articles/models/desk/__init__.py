"""What people keep at the desk for their own work, and what they plan together."""
