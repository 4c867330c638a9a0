package explain

import (
	"strconv"
	"sync"
)

// usage is the header Sforce-Limit-Info: requests used and allowed in a day (facts: section 9).
var usage = sync.OnceValue(func() *shape {
	return shapeOf(`api-usage=(\d{1,12})/(\d{1,12})`)
})

// nearlyAll is the share in percent from which requests count as used up.
const nearlyAll = 99

// readLimits notes that no requests are left.
func (f *facts) readLimits() {
	for _, m := range usage().FindAllStringSubmatchIndex(f.p.lower, 8) {
		used, err := strconv.Atoi(part(f.p.lower, m, 1))
		allowed, err2 := strconv.Atoi(part(f.p.lower, m, 2))
		if err == nil && err2 == nil && allowed > 0 && used >= allowed/100*nearlyAll {
			f.add("limit:used-up", m[0])
		}
	}
}
