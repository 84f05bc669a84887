"""Use cases: each opens one transaction or runs inside one."""
