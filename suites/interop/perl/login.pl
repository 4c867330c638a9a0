# Logs in with LWP and prints the user name that it reads of its own user:
#
#     login.pl client-credentials
#
# The settings are the SF_* variables.

use strict;
use warnings;
use JSON::PP qw(decode_json);
use LWP::UserAgent;
use URI;

my $agent = LWP::UserAgent->new(timeout => 20);

sub read_json {
    my ($response) = @_;
    die $response->status_line, "\n", $response->decoded_content, "\n" unless $response->is_success;
    return decode_json($response->content);
}

my $session = read_json($agent->post("$ENV{SF_LOGIN_URL}/services/oauth2/token", {
    grant_type => 'client_credentials', client_id => $ENV{SF_CLIENT_ID}, client_secret => $ENV{SF_CLIENT_SECRET},
}));
my $url = URI->new("$session->{instance_url}/services/data/v67.0/query");
$url->query_form(q => "SELECT Username FROM User WHERE Username = '$ENV{SF_USERNAME}'");
my $answer = read_json($agent->get($url, Authorization => "Bearer $session->{access_token}"));
print $answer->{records}[0]{Username}, "\n";
