package client

// For tests of what a door says of a result.
var (
	Obstacle = obstacle
	Words    = words
)
