package journal_test

import (
	"context"
	"errors"
	"net/url"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sfconform/sfconform/mocksf/journal"
)

func numbers(entries []journal.Entry) []uint64 {
	got := []uint64{}
	for _, e := range entries {
		got = append(got, e.Number)
	}
	return got
}

func TestEntriesAreTheLastOnesInOrder(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		capacity, added int
		since           uint64
		limit           int
		want            []uint64
	}{
		"none":                {3, 0, 0, 0, []uint64{}},
		"all":                 {3, 2, 0, 0, []uint64{1, 2}},
		"the ring is full":    {3, 5, 0, 0, []uint64{3, 4, 5}},
		"since one":           {3, 5, 4, 0, []uint64{5}},
		"since one forgotten": {3, 5, 1, 0, []uint64{3, 4, 5}},
		"since the last":      {3, 5, 5, 0, []uint64{}},
		"since the future":    {3, 5, 1 << 63, 0, []uint64{}},
		"limited":             {3, 5, 2, 2, []uint64{3, 4}},
		"limit above":         {3, 5, 3, 9, []uint64{4, 5}},
		"no capacity":         {0, 5, 0, 0, []uint64{5}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			j := journal.New(tt.capacity)
			for range tt.added {
				j.Add(journal.Entry{Method: "POST"})
			}
			if got := numbers(j.Entries(tt.since, tt.limit)); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("Entries(%d, %d) = %v, want %v", tt.since, tt.limit, got, tt.want)
			}
			if last, ok := j.Last(); ok != (tt.added > 0) || last.Number != uint64(tt.added) || j.Count() != uint64(tt.added) {
				t.Errorf("Last() = %v, %v and Count() = %v after %d entries", last.Number, ok, j.Count(), tt.added)
			}
		})
	}
}

func TestWaitReturnsWithTheNextEntry(t *testing.T) {
	t.Parallel()
	j := journal.New(4)
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for since := range uint64(20) {
				if err := j.Wait(t.Context(), since); err != nil {
					t.Error(err)
				}
				if got := j.Count(); got <= since {
					t.Errorf("Wait(%d) returned at %d entries", since, got)
				}
			}
		})
	}
	for range 20 {
		j.Add(journal.Entry{})
	}
	wg.Wait()
}

func TestWaitEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := journal.New(1).Wait(ctx, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("Wait = %v, want %v", err, context.Canceled)
	}
}

func TestAddMayBeCalledWhileOthersRead(t *testing.T) {
	t.Parallel()
	j := journal.New(16)
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for range 500 {
				j.Add(journal.Entry{Path: "/services/oauth2/token", Params: journal.Params(url.Values{"format": {"json"}})})
			}
		})
		wg.Go(func() {
			for range 500 {
				entries := j.Entries(0, 0)
				for i := 1; i < len(entries); i++ {
					if entries[i].Number != entries[i-1].Number+1 {
						t.Errorf("entry %d follows entry %d", entries[i].Number, entries[i-1].Number)
					}
				}
			}
		})
	}
	wg.Wait()
	if got := j.Count(); got != 1000 {
		t.Errorf("Count() = %d after 1000 entries", got)
	}
}

func TestTheLoginHistoryFollowsFromTheEntries(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	got := journal.LoginHistory([]journal.Entry{
		{Number: 1, Time: at, Grant: "client_credentials", Status: 200, Username: "a@acme.example", App: "integration", ClientID: "3MVG9LVDBFOx…"},
		{Number: 2, Time: at, Grant: "password", Status: 400, Refusal: "password-wrong", LoginStatus: "LOGIN_ERROR_INVALID_PASSWORD", Username: "b@acme.example"},
		{Number: 3, Time: at, Grant: "client_credentials", Status: 400, Refusal: "client-id-unknown"},
		{Number: 4, Time: at, Method: "GET", Status: 200},
		{Number: 5, Time: at, Grant: "client_credentials", Status: 200, Refusal: "maintenance"},
	})
	want := []journal.Login{
		{1, at, "a@acme.example", "integration", "3MVG9LVDBFOx…", "Success"},
		{2, at, "b@acme.example", "", "", "LOGIN_ERROR_INVALID_PASSWORD"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("LoginHistory =\n%+v, want\n%+v", got, want)
	}
}

// The texts of an entry are pieces of a body of a megabyte; none of it may stay.
//
//nolint:paralleltest // it measures the heap
func TestEntriesKeepNoRequestInMemory(t *testing.T) {
	heap := func() int64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	j := journal.New(30)
	before := heap()
	for range 60 {
		body := "username=a@acme.example&format=json&grant_type=password&client_id=short&redirect_uri=https://a.example/" + strings.Repeat(" ", 1<<20)
		values, err := url.ParseQuery(body)
		if err != nil {
			t.Fatal(err)
		}
		name := values.Get("username")
		j.Add(journal.Entry{Method: body[:4], Path: body[9:16], Host: body[9:17], Username: name, Params: journal.Params(values)})
	}
	if grown := heap() - before; grown > 1<<20 {
		t.Errorf("30 entries keep %d KiB", grown>>10)
	}
	runtime.KeepAlive(j)
}
