package deploy

import (
	"errors"
	"io/fs"
	"slices"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata"
	"github.com/sfconform/sfconform/mocksf/metadata/schema"
	"github.com/sfconform/sfconform/mocksf/metadata/source"
	"github.com/sfconform/sfconform/mocksf/snapshot"
)

// order is a deploy that is asked for.
type order struct {
	// archive is the zip file; err says why there is none.
	archive []byte
	err     error
	options Options
	user    *snapshot.User
	now     time.Time
}

// deploy carries a deploy out and remembers it. It is done when the call is answered
// unless the org's setting gives deploys a time or others wait before it, and takes
// effect at the token endpoint as the org's propagation says.
func (s *Service) deploy(o order) *request {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.catchUp(o.now)
	r := &request{id: s.requests.nextID(deployPrefix), options: o.options, order: o, deploy: newResult(o)}
	r.deploy.ID = r.id
	r.asked = r.deploy.pending()
	duration := time.Duration(s.org.Config().Settings.DeployDuration)
	switch {
	case s.full(o):
		r.order.err = errQueueFull
		s.carry(r, o.now)
	case duration > 0 || len(s.waiting) > 0:
		s.enqueue(r, duration)
	default:
		s.carry(r, o.now)
	}
	if r.schedule == nil {
		r.order = order{}
	}
	s.requests.keep(r)
	return r
}

// carry carries a deploy out at a time, which is its end.
func (s *Service) carry(r *request, at time.Time) {
	if r.schedule != nil {
		r.deploy.StartDate = r.starts.UTC().Format(wireTime)
	}
	o := r.order
	o.now = at
	s.tell(o, r.deploy)
	if o.options.CheckOnly && r.deploy.Success {
		r.archive = o.archive
	}
}

// trial is what would become of a deploy now.
func (s *Service) trial(r *request) *Result {
	o := r.order
	o.options.CheckOnly = true
	result := newResult(o)
	s.tell(o, result)
	return result
}

// tell carries an order out, and tells in the result what became of it.
func (s *Service) tell(o order, result *Result) {
	run := &run{service: s, order: o, result: result}
	if err := run.carry(); err != nil {
		run.stop(err)
	}
	result.end(o.now)
}

// run is a deploy under way.
type run struct {
	service *Service
	order   order
	result  *Result
}

// codes of what fails a deploy or retrieve as a whole (Metadata API guide, StatusCode).
const (
	codeLimit     = "LIMIT_EXCEEDED"
	codeReference = "INVALID_CROSS_REFERENCE_KEY"
	codeUnknown   = "UNKNOWN_EXCEPTION"
)

// stop ends a deploy that cannot be looked at component by component. The words are
// the fake's own; they name the limit that was hit.
func (r *run) stop(err error) {
	if errors.Is(err, errNoPackage) {
		r.add(failure{name: source.ManifestFile, path: source.ManifestFile, problem: text("package-missing")})
		return
	}
	r.result.ErrorStatusCode, r.result.ErrorMessage = codeUnknown, err.Error()
	if limit, ok := errors.AsType[*source.LimitError](err); ok {
		r.result.ErrorStatusCode, r.result.ErrorMessage = codeLimit, limit.Error()+" (limit "+limit.Limit+")"
	}
}

// carry opens the zip file and deploys what can be deployed.
func (r *run) carry() error {
	if r.order.err != nil {
		return r.order.err
	}
	files, folder, err := open(r.order.archive, r.order.options.SinglePackage)
	if err != nil {
		return err
	}
	defer r.result.Details.within(folder)
	leave := leftOut{paths: map[string]bool{}, components: map[key]bool{}}
	for {
		c, failures, err := r.look(files, leave)
		if err != nil {
			return err
		}
		fresh := 0
		for _, f := range failures {
			r.add(f)
			if leave.add(f) {
				fresh++
			}
		}
		if len(failures) == 0 {
			return r.finish(c)
		}
		// A failure that names no file that could be left out stays the same in every look.
		if r.order.options.RollbackOnError || fresh == 0 || leave.paths[source.ManifestFile] {
			return nil
		}
	}
}

// look judges the files that are left.
func (r *run) look(files fs.FS, leave leftOut) (*content, []failure, error) {
	config := r.service.org.Config()
	c, err := load(files, config, inventory(config, r.service.files, schema.Newest), leave, r.result.CreatedDate)
	if err != nil {
		return nil, nil, err
	}
	return c, judged(c, c.base, r.order.options), nil
}

// finish changes the org, unless the deploy only checks, and tells of each component.
func (r *run) finish(c *content) error {
	after, err := c.made(c.base)
	if problems, ok := errors.AsType[*metadata.ProblemsError](err); ok {
		r.problems(c, problems.Problems)
		return nil
	}
	if err != nil {
		return err
	}
	c.grant(&after)
	goneAfter := c.removed(deletedAfter, &after, r.result.CreatedDate)
	told := slices.Concat(c.gone, r.successes(c, c.base), goneAfter, c.others)
	if !r.order.options.CheckOnly {
		if err := r.change(c, after); err != nil {
			return err
		}
		r.service.files.forget(c.gone)
		r.service.files.take(c, r.order)
		r.service.files.forget(goneAfter)
		r.service.track(told, r.order)
	}
	r.result.Details.Successes = told
	return nil
}

// change changes the org. An app that is deleted first and deployed anew is another one.
func (r *run) change(c *content, after fixtures.Org) error {
	list := changes(c.base, after)
	for _, m := range slices.Backward(c.gone) {
		if m.Deleted {
			list = slices.Insert(list, 0, fixtures.Remove("apps/"+m.FullName))
		}
	}
	return r.service.apply(r.order.now, list)
}
