package report

import (
	"encoding/json"
	"fmt"
	"math"
	"time"
)

// Seconds is a duration that is a number of seconds in JSON, as in the report of the
// endpoint suite; the zero value is no time at all.
type Seconds time.Duration

// Duration is the same as the standard library has it.
func (s Seconds) Duration() time.Duration { return time.Duration(s) }

// String is short and exact to the millisecond: "30s", "412ms".
func (s Seconds) String() string {
	return time.Duration(s).Round(time.Millisecond).String()
}

// MarshalJSON writes seconds with a fraction, exact to the microsecond.
func (s Seconds) MarshalJSON() ([]byte, error) {
	return json.Marshal(time.Duration(s).Round(time.Microsecond).Seconds())
}

// UnmarshalJSON reads seconds.
func (s *Seconds) UnmarshalJSON(text []byte) error {
	var n float64
	if err := json.Unmarshal(text, &n); err != nil {
		return err
	}
	if math.Abs(n) > math.MaxInt64/float64(time.Second)/2 {
		return fmt.Errorf("%s seconds are no duration", text)
	}
	*s = Seconds(math.Round(n*1e6)) * Seconds(time.Microsecond)
	return nil
}
