"""What people do (a use case each) and what they ask (queries)."""
