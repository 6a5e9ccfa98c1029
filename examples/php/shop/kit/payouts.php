<?php
declare(strict_types=1);

require_once __DIR__ . '/settings.php';

/** The payout of a reference as the payout server knows it; null when there is none. */
function find_payout(string $ref): ?array
{
    $http = ['header' => 'Authorization: Bearer ' . setting('SERVER_KEY'), 'ignore_errors' => true, 'timeout' => 10];
    $url = setting('PAYOUTS_URL') . '/merchant/payouts?' . http_build_query(['ref' => $ref]);
    $body = file_get_contents($url, false, stream_context_create(['http' => $http]));
    if ($body === false) {
        throw new RuntimeException('The payout server does not answer.');
    }
    $answer = json_decode($body, true, 512, JSON_THROW_ON_ERROR);
    if (isset($answer['payout'])) {
        return $answer['payout'];
    }
    if ($answer['code'] === 'payout_not_found') {
        return null;
    }
    throw new RuntimeException("The payout server answers {$answer['code']}: {$answer['title']}.");
}
