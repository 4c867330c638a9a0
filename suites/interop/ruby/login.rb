# Logs in with the gem oauth2 on Net::HTTP and prints the user name that it reads of its
# own user: login.rb client-credentials. The settings are the SF_* variables.

require 'json'
require 'oauth2'

token = OAuth2::Client.new(
  ENV.fetch('SF_CLIENT_ID'), ENV.fetch('SF_CLIENT_SECRET'),
  site: ENV.fetch('SF_LOGIN_URL'), token_url: '/services/oauth2/token'
).client_credentials.get_token
query = "SELECT Username FROM User WHERE Username = '#{ENV.fetch('SF_USERNAME')}'"
answer = token.get("#{token.params['instance_url']}/services/data/v67.0/query", params: { q: query })
puts JSON.parse(answer.body)['records'][0]['Username']
