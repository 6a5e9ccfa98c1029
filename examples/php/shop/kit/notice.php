<?php
declare(strict_types=1);

/**
 * True when a notice is from your payout server and not older (or newer) than five minutes. Nothing but PHP's own
 * functions; any library for Standard Webhooks does the same.
 *
 * @param string $body    the raw body: file_get_contents('php://input')
 * @param array  $headers $_SERVER
 * @param string $secret  whsec_…; while it rotates call this once with each
 */
function verify_notice(string $body, array $headers, string $secret, int $tolerance = 300): bool
{
    $id = $headers['HTTP_WEBHOOK_ID'] ?? '';
    $timestamp = $headers['HTTP_WEBHOOK_TIMESTAMP'] ?? '';
    if ($id === '' || !ctype_digit($timestamp) || abs(time() - (int) $timestamp) > $tolerance) {
        return false;
    }
    $key = base64_decode(preg_replace('/^whsec_/', '', $secret), true);
    if ($key === false || strlen($key) < 24) {
        throw new InvalidArgumentException('The notice secret must be whsec_ and base64 of 24 bytes or more.');
    }
    $expected = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));
    foreach (explode(' ', $headers['HTTP_WEBHOOK_SIGNATURE'] ?? '') as $given) {
        if (hash_equals($expected, $given)) {
            return true;
        }
    }
    return false;
}
