package deploy

import "time"

// schedule is when a deploy that takes a time does what, by the org's clock.
type schedule struct {
	created, starts, ends time.Time
	// duration is the whole time of a deploy that waits for no other.
	duration time.Duration
	// canceled is when somebody canceled it; zero if nobody did.
	canceled time.Time
	// expected is the result of a trial, for the counts on the way.
	expected *Result
}

// waits is how long a deploy waits if no other is before it.
func (p *schedule) waits() time.Duration { return p.duration / 4 }

// works is how long it is carried out.
func (p *schedule) works() time.Duration { return p.duration - p.waits() }

// place puts the deploy behind what ends at a time.
func (p *schedule) place(behind time.Time) {
	p.starts = p.created.Add(p.waits())
	if behind.After(p.starts) {
		p.starts = behind
	}
	p.ends = p.starts.Add(p.works())
}

// view is the deploy as it stands at a time: it waits, is carried out, is being
// canceled, or has ended. The caller must not change the details.
func (r *request) view(now time.Time) *Result {
	v := *r.deploy
	p := r.schedule
	if p == nil {
		return &v
	}
	at := now
	if !p.canceled.IsZero() {
		v.Status, at = statusCanceling, p.canceled
	} else if !now.Before(p.starts) {
		v.Status = statusInProgress
	}
	if at.Before(p.starts) {
		return &v
	}
	v.StartDate, v.LastModifiedDate = p.starts.UTC().Format(wireTime), now.UTC().Format(wireTime)
	part := func(whole int) int {
		return int(int64(whole) * int64(at.Sub(p.starts)/time.Millisecond) / max(1, int64(p.works()/time.Millisecond)))
	}
	v.ComponentsTotal = p.expected.ComponentsTotal
	v.ComponentsDeployed, v.ComponentErrors = part(p.expected.ComponentsDeployed), part(p.expected.ComponentErrors)
	return &v
}
