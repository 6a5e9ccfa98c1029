<?php
declare(strict_types=1);

require_once __DIR__ . '/settings.php';

/**
 * The shop's books: what is owed to whom, and what became of it. Yours are a table of your database; here a JSON file,
 * locked while it is read and written.
 *
 * @param callable(array): array $change takes the rows by reference of the payout, gives them back
 */
function books(callable $change): array
{
    $file = fopen(setting('SHOP_BOOKS'), 'c+');
    flock($file, LOCK_EX);
    $rows = json_decode(stream_get_contents($file) ?: '[]', true, 512, JSON_THROW_ON_ERROR) ?: opening_balance();
    $rows = $change($rows);
    rewind($file);
    ftruncate($file, 0);
    fwrite($file, json_encode($rows, JSON_THROW_ON_ERROR | JSON_PRETTY_PRINT | JSON_UNESCAPED_UNICODE));
    fclose($file);
    return $rows;
}

/** What is owed to a courier. */
function owed_to(string $courier): ?array
{
    $rows = books(fn (array $rows): array => $rows);
    return current(array_filter($rows, fn (array $row): bool => $row['courier'] === $courier)) ?: null;
}

function opening_balance(): array
{
    return [
        'week-2026-47/courier-7' => [
            'ref' => 'week-2026-47/courier-7', // one reference is paid once, for ever
            'courier' => 'courier-7',
            'name' => 'Иванова Вера Ивановна',
            'amount' => 425000, // kopecks
            'status' => 'owed',
            'version' => 0,
        ],
    ];
}
