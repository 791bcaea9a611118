"""Own articles with pledges and norms, and what turns their annotations into spans."""
