"""The record of publication: accepts, holds back or withdraws entries. Ids and `published` never change."""
