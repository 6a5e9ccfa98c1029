<?php
declare(strict_types=1);

// POST /notice.php: the payout server tells a result.
require_once __DIR__ . '/../kit/books.php';
require_once __DIR__ . '/../kit/notice.php';

$body = file_get_contents('php://input'); // raw: whatever parses it first breaks the signature
if (!verify_notice($body, $_SERVER, setting('NOTICE_SECRET'))) {
    http_response_code(400);
    exit;
}
['data' => $payout] = json_decode($body, true, 512, JSON_THROW_ON_ERROR);
books(function (array $rows) use ($payout): array {
    // Notices may come twice and out of order: the version tells which is newer.
    if (isset($rows[$payout['ref']]) && $payout['version'] > $rows[$payout['ref']]['version']) {
        $rows[$payout['ref']]['status'] = $payout['status'];
        $rows[$payout['ref']]['version'] = $payout['version'];
    }
    return $rows;
});
http_response_code(204);
