"""Countries and regions: ISO 3166-1 codes, CLDR names, and the groups that programmes speak of."""
