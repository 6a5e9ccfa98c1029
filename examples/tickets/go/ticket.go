// A payout ticket: who is paid what, signed by your server. Nothing but Go's own library.
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"time"
)

type Claims struct {
	Sub         string `json:"sub"`    // who is paid, in your words
	Ref         string `json:"ref"`    // what is paid: one reference is paid once, for ever
	Amount      int64  `json:"amount"` // kopecks, a whole number
	Currency    string `json:"currency"`
	FullName    string `json:"full_name"`
	Description string `json:"description"`
	Aud         string `json:"aud"`
	Iat         int64  `json:"iat"`
	Exp         int64  `json:"exp"`
}

func MintTicket(claims Claims, secret, audience string, lifetime time.Duration) (string, error) {
	key, err := base64.StdEncoding.DecodeString(secret) // the secret is base64: its bytes sign, not its characters
	if err != nil {
		return "", fmt.Errorf("the ticket secret must be base64: %w", err)
	}
	now := time.Now()
	claims.Aud, claims.Iat, claims.Exp = audience, now.Unix(), now.Add(lifetime).Unix()
	body, err := json.Marshal(claims)
	if err != nil {
		return "", err
	}
	base64url := base64.RawURLEncoding.EncodeToString
	signed := base64url([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + base64url(body)
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(signed))
	return signed + "." + base64url(mac.Sum(nil)), nil
}

func main() {
	ticket, err := MintTicket(Claims{
		Sub:         "courier-7",
		Ref:         "week-2026-47/courier-7",
		Amount:      425000,
		Currency:    "RUB",
		FullName:    "Иванов Иван Иванович",
		Description: `Услуги курьера, договор "15/К", без НДС`,
	}, os.Getenv("TICKET_SECRET"), os.Getenv("TICKET_AUDIENCE"), 10*time.Minute)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(ticket)
}
