# The gem oauth2 as an integrator uses it, made to be judged by sfconform client: client
# credentials, and an access token that makes the calls. Nothing is added to what the gem
# does. Errors are told as it words them.

require 'json'
require 'oauth2'

UNSUPPORTED = 127

def login
  OAuth2::Client.new(
    ENV.fetch('SF_CLIENT_ID'), ENV.fetch('SF_CLIENT_SECRET'),
    site: ENV.fetch('SF_LOGIN_URL'), token_url: '/services/oauth2/token'
  ).client_credentials.get_token
end

def read_all(token)
  path = "/services/data/v#{ENV.fetch('SF_API_VERSION')}/query?q=SELECT+Id,+Name+FROM+Contact+LIMIT+2000"
  path = JSON.parse(token.get(token.params['instance_url'] + path).body)['nextRecordsUrl'] while path
end

operation = ENV['CHECK_OPERATION']
exit UNSUPPORTED unless %w[login query].include?(operation)
begin
  token = login
  read_all(token) if operation == 'query'
rescue OAuth2::Error, Faraday::Error, JSON::ParserError => e
  abort "#{e.class}: #{e.message}"
end
