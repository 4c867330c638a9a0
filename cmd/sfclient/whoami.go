package main

import "context"

// printWhoami asks the org itself, so it also proves that the token works.
func printWhoami(ctx context.Context, s *session) error {
	info, err := s.client.UserInfo(ctx)
	if err != nil {
		return err
	}
	token, err := s.source.AccessToken(ctx)
	if err != nil {
		return err
	}
	return s.print([]row{
		{"username", info.Username},
		{"name", info.Name},
		{"user_id", info.UserID},
		{"org_id", info.OrganizationID},
		{"user_type", info.UserType},
		{"scope", token.Scope},
		{"instance_url", token.InstanceURL},
	})
}
