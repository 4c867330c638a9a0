package main

import (
	"encoding/json"
	"os"
	"path/filepath"
)

// stored is a token as it is kept for the next start: a good client keeps none.
type stored struct {
	Access   string `json:"access"`
	Instance string `json:"instance"`
	Identity string `json:"identity"`
	Scope    string `json:"scope"`
}

func (c *client) storePath() string { return filepath.Join(c.env("HOME"), ".broken-token.json") }

// restore is the token of an earlier start; nil if there is none.
func (c *client) restore() *token {
	if !c.breaks("cache-stale-at-start") {
		return nil
	}
	content, err := os.ReadFile(c.storePath())
	var kept stored
	if err != nil || json.Unmarshal(content, &kept) != nil {
		return nil
	}
	return &token{access: kept.Access, instance: kept.Instance, identity: kept.Identity, scope: kept.Scope, restored: true}
}

func (c *client) store(t *token) error {
	if !c.breaks("cache-stale-at-start") {
		return nil
	}
	content, err := json.Marshal(stored{t.access, t.instance, t.identity, t.scope})
	if err != nil {
		return err
	}
	return os.WriteFile(c.storePath(), content, 0o600)
}
