<?php
declare(strict_types=1);

/** Who is signed in. Here everybody is courier 7; yours comes from your log-in. */
function signed_in(): string
{
    session_start(['cookie_httponly' => true, 'cookie_samesite' => 'Lax']);
    return $_SESSION['courier'] ??= 'courier-7';
}
