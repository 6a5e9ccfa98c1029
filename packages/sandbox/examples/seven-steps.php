<?php
/**
 * The seven steps of a payout in PHP, as the bank's page "Payouts with our widget" tells them, against a running
 * sandbox. No library is needed.
 *
 *   php examples/seven-steps.php [ACCOUNT]      with B131_URL, B131_KEY, B131_PROJECT as below
 */
declare(strict_types=1);

const PATIENCE_S = 60;

$url = getenv('B131_URL') ?: 'http://127.0.0.1:4131';
$project = getenv('B131_PROJECT') ?: 'sandbox';
$key = openssl_pkey_get_private((string) file_get_contents(getenv('B131_KEY') ?: 'b131-keys/partner-private.pem'));
$account = $argv[1] ?? '40817810600003869500';

function post(string $address, string $body, array $headers): array
{
    $http = ['method' => 'POST', 'content' => $body, 'header' => $headers, 'ignore_errors' => true];
    $answer = file_get_contents($address, false, stream_context_create(['http' => $http]));
    return json_decode((string) $answer, true, 512, JSON_THROW_ON_ERROR);
}

$call = function (string $method, array $request) use ($url, $project, $key): array {
    $body = json_encode($request);
    openssl_sign($body, $signature, $key, OPENSSL_ALGO_SHA256);
    $answer = post("$url/api/v1/$method", $body, [
        'Content-Type: application/json',
        "X-PARTNER-PROJECT: $project",
        'X-PARTNER-SIGN: ' . base64_encode($signature),
    ]);
    if ($answer['status'] !== 'ok') {
        throw new RuntimeException("$method: {$answer['error']['code']}: {$answer['error']['description']}");
    }
    return $answer;
};

$waitFor = function (string $id, callable $isThere) use ($call): array {
    for ($end = time() + PATIENCE_S; time() < $end; usleep(100_000)) {
        $session = $call('session/status', ['session_id' => $id])['session'];
        if ($isThere($session) || isset($session['payments'][0]['finished_at'])) {
            return $session;
        }
    }
    throw new RuntimeException("$id: nothing happened for " . PATIENCE_S . ' s');
};

// 1. A public token for the widget.
$public = $call('token', ['tokenize_widget' => ['access' => true]])['public_token'];

// 2. The recipient types the account into the widget: here the widget's own call, without a browser.
$typed = json_encode(['bik' => '044525974', 'account' => $account]);
$headers = ['Content-Type: application/json', "X-PUBLIC-TOKEN: $public"];
$token = post("$url/widget/api/tokenize", $typed, $headers)['data']['token'];

// 3. A session.
$session = $call('session/create', ['metadata' => 'good'])['session'];

// 4. The payout, to the token.
$call('session/start/payout', [
    'session_id' => $session['id'],
    'payment_method' => [
        'type' => 'bank_account',
        'bank_account' => [
            'system_type' => 'ru',
            'ru' => ['token' => $token, 'full_name' => 'Иванов Иван/Ivanov Ivan', 'description' => 'Money transfer'],
        ],
    ],
    'amount_details' => ['amount' => 10000, 'currency' => 'rub'],
    'metadata' => 'good',
]);

// 5. Ready? A webhook would tell.
$session = $waitFor($session['id'], fn (array $one): bool => ($one['next_action'] ?? '') === 'confirm');

// 6. Confirm.
if (($session['next_action'] ?? '') === 'confirm') {
    $call('session/confirm', ['session_id' => $session['id']]);
    $session = $waitFor($session['id'], fn (array $one): bool => isset($one['payments'][0]['finished_at']));
}

// 7. The result is the status of the payout.
$payout = $session['payments'][0];
echo "{$payout['id']} {$payout['status']}", isset($payout['error']) ? " {$payout['error']['code']}" : '', "\n";
exit($payout['status'] === 'succeeded' ? 0 : 1);
