<?php
declare(strict_types=1);

/** What whoever runs the site has set; none of it belongs into a repository. */
function setting(string $name): string
{
    $value = getenv($name);
    if ($value === false || $value === '') {
        throw new RuntimeException("The environment variable $name is not set; see the README.");
    }
    return $value;
}
