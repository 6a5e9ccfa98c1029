<?php
declare(strict_types=1);

// GET /payout.php: what the payout server knows, for the day a notice was lost.
require_once __DIR__ . '/../kit/books.php';
require_once __DIR__ . '/../kit/courier.php';
require_once __DIR__ . '/../kit/payouts.php';

$row = owed_to(signed_in());
$payout = $row === null ? null : find_payout($row['ref']);
header('Content-Type: application/json');
header('Cache-Control: no-store');
echo json_encode([
    'ref' => $row['ref'] ?? null,
    'status' => $payout['status'] ?? null,
    'masked' => $payout['destination']['masked'] ?? null,
], JSON_THROW_ON_ERROR);
