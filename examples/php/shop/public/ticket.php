<?php
declare(strict_types=1);

// POST /ticket.php: a ticket for whoever is signed in. Nothing of the request says who is paid, or how much.
require_once __DIR__ . '/../kit/books.php';
require_once __DIR__ . '/../kit/courier.php';
require_once __DIR__ . '/../kit/ticket.php';

if ($_SERVER['REQUEST_METHOD'] !== 'POST') {
    http_response_code(405);
    header('Allow: POST');
    exit;
}
$row = owed_to(signed_in());
if ($row === null) {
    http_response_code(404);
    exit('Nothing is owed to you.');
}
header('Content-Type: text/plain');
header('Cache-Control: no-store');
echo mint_ticket([
    'sub' => $row['courier'],
    'ref' => $row['ref'],
    'amount' => $row['amount'],
    'currency' => 'RUB',
    'full_name' => $row['name'],
    'description' => 'Услуги курьера, договор 15/К, без НДС',
], setting('TICKET_SECRET'), setting('TICKET_AUDIENCE'));
