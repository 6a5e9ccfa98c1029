<?php
declare(strict_types=1);

require_once __DIR__ . '/../kit/books.php';
require_once __DIR__ . '/../kit/courier.php';

$row = owed_to(signed_in());
$rubles = number_format($row['amount'] / 100, 2, ',', ' ');
$words = [
    'owed' => 'ждут вас',
    'succeeded' => 'выплачены',
    'failed' => 'ещё не выплачены: банк отказал',
    'cancelled' => 'ещё не выплачены: выплата отменена',
    'returned' => 'вернулись к нам',
    'needs_attention' => 'проверяются',
];
?>
<!doctype html>
<html lang="ru">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Заработок</title>
<style>
  body { font: 1rem/1.5 system-ui, sans-serif; max-inline-size: 30rem; margin: 2rem auto; padding-inline: 1rem; }
  b131-payout:not(:defined) { display: block; min-block-size: 43rem; }
</style>
<h1><?= htmlspecialchars($row['name']) ?></h1>
<p data-books="<?= htmlspecialchars($row['status']) ?>">
  <?= $rubles ?> ₽ <?= htmlspecialchars($words[$row['status']] ?? $row['status']) ?>
</p>
<b131-payout endpoint="<?= htmlspecialchars(setting('PAYOUTS_URL')) ?>"></b131-payout>
<script type="module">
  import '/b131-payout.js';

  const payout = document.querySelector('b131-payout');
  payout.getTicket = async () => {
    const answer = await fetch('/ticket.php', { method: 'POST' });
    if (!answer.ok) throw new Error(`ticket.php answers ${answer.status}`);
    return answer.text();
  };
</script>
</html>
