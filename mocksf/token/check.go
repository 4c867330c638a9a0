package token

import "github.com/sfconform/sfconform/mocksf/rule"

// check is one rule of the pipeline.
type check = rule.Rule[*attempt]
