<?php
/*
 * Logs in with PHP's cURL and prints the user name that it reads of its own user:
 *
 *     login.php client-credentials|jwt-bearer [LOGIN_URL]
 *
 * The settings are the SF_* variables. LOGIN_URL is another place to log in, and JWT
 * bearer's audience there: https://login.salesforce.com.
 */

declare(strict_types=1);

const SECONDS = 20;

function fail(string $why): never
{
    fwrite(STDERR, $why . PHP_EOL);
    exit(1);
}

function call(string $url, array $options): array
{
    $call = curl_init($url);
    curl_setopt_array($call, $options + [CURLOPT_RETURNTRANSFER => true, CURLOPT_TIMEOUT => SECONDS]);
    $body = curl_exec($call);
    if ($body === false) {
        fail(curl_error($call));
    }
    if (curl_getinfo($call, CURLINFO_RESPONSE_CODE) >= 300) {
        fail($body);
    }
    return json_decode($body, true, flags: JSON_THROW_ON_ERROR);
}

function base64url(string $data): string
{
    return rtrim(strtr(base64_encode($data), '+/', '-_'), '=');
}

function assertion(string $audience): string
{
    $claims = ['iss' => getenv('SF_CLIENT_ID'), 'sub' => getenv('SF_USERNAME'), 'aud' => $audience, 'exp' => time() + 180];
    $signed = base64url('{"alg":"RS256"}') . '.' . base64url(json_encode($claims));
    openssl_sign($signed, $signature, file_get_contents(getenv('SF_PRIVATE_KEY_FILE')), OPENSSL_ALGO_SHA256)
        || fail(openssl_error_string());
    return $signed . '.' . base64url($signature);
}

function login(string $flow, ?string $loginUrl): array
{
    $form = match ($flow) {
        'client-credentials' => [
            'grant_type' => 'client_credentials', 'client_id' => getenv('SF_CLIENT_ID'), 'client_secret' => getenv('SF_CLIENT_SECRET'),
        ],
        'jwt-bearer' => [
            'grant_type' => 'urn:ietf:params:oauth:grant-type:jwt-bearer', 'assertion' => assertion($loginUrl ?? getenv('SF_AUDIENCE')),
        ],
    };
    $url = ($loginUrl ?? getenv('SF_LOGIN_URL')) . '/services/oauth2/token';
    return call($url, [CURLOPT_POSTFIELDS => http_build_query($form)]);
}

$session = login($argv[1], $argv[2] ?? null);
$query = http_build_query(['q' => "SELECT Username FROM User WHERE Username = '" . getenv('SF_USERNAME') . "'"]);
$answer = call(
    $session['instance_url'] . '/services/data/v67.0/query?' . $query,
    [CURLOPT_HTTPHEADER => ['Authorization: Bearer ' . $session['access_token']]],
);
echo $answer['records'][0]['Username'], PHP_EOL;
