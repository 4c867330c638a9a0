package client

import "github.com/sfconform/sfconform/fixtures"

// For tests of what a door says of a result.
var (
	Obstacle = obstacle
	Words    = words
)

// Questions are those for a person.
var Questions = questions

// QuestionOf is the question about a requirement; empty if it has none of its own.
func QuestionOf(id fixtures.RequirementID) string { return questions[id] }
