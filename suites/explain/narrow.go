package explain

func orgClaims(*facts, Context) []claim { return nil }
func decisionClaims(Context) []claim    { return nil }
