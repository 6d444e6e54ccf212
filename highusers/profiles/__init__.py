"""The region's patient profiles, as the coordinator fills them in."""
