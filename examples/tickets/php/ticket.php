<?php
declare(strict_types=1);

/** A payout ticket: who is paid what, signed by your server. Nothing but PHP's own functions. */
function mint_ticket(array $claims, string $secret, string $audience, int $seconds = 600): string
{
    $key = base64_decode($secret, true); // the secret is base64: its bytes sign, not its characters
    if ($key === false || strlen($key) < 32) {
        throw new InvalidArgumentException('The ticket secret must be base64 of 32 bytes or more.');
    }
    $base64url = fn (string $bytes): string => rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
    $claims += ['aud' => $audience, 'iat' => time(), 'exp' => time() + $seconds];
    $signed = $base64url('{"alg":"HS256","typ":"JWT"}') . '.' . $base64url(json_encode($claims, JSON_THROW_ON_ERROR));
    return $signed . '.' . $base64url(hash_hmac('sha256', $signed, $key, true));
}

if (realpath($_SERVER['SCRIPT_FILENAME']) === __FILE__) {
    echo mint_ticket([
        'sub' => 'courier-7', // who is paid, in your words
        'ref' => 'week-2026-47/courier-7', // what is paid: one reference is paid once, for ever
        'amount' => 425000, // kopecks, a whole number
        'currency' => 'RUB',
        'full_name' => 'Иванов Иван Иванович',
        'description' => 'Услуги курьера, договор "15/К", без НДС',
    ], getenv('TICKET_SECRET'), getenv('TICKET_AUDIENCE')), "\n";
}
