package rest

import (
	"fmt"
	"maps"

	"github.com/sfconform/sfconform/mocksf/exchange"
)

// withUsage adds the header that tells the client how many requests are used up
// (facts: section 5.6).
func withUsage(answer exchange.Answer, used, limit int) exchange.Answer {
	header := maps.Clone(answer.Header)
	if header == nil {
		header = map[string]string{}
	}
	header["Sforce-Limit-Info"] = fmt.Sprintf("api-usage=%d/%d", used, limit)
	answer.Header = header
	return answer
}
