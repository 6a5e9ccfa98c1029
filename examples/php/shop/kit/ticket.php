<?php
declare(strict_types=1);

// The recipe of docs/tickets.md; in a site of your own that very file stands here.
require_once __DIR__ . '/../../../tickets/php/ticket.php';
