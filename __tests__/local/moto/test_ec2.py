"""EC2 security group rules and tags."""

from unittest import mock

from moto.ec2.models import tags
from support import MotoTest, client


class RuleTest(MotoTest):
    def test_a_rule_on_a_group_has_its_description(self) -> None:
        ec2 = client("ec2")
        group = ec2.create_security_group(GroupName="one", Description="one")["GroupId"]
        pair = {"GroupId": group, "Description": "From the load balancer"}
        permission = {
            "IpProtocol": "tcp",
            "FromPort": 80,
            "ToPort": 80,
            "UserIdGroupPairs": [pair],
        }
        ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[permission])
        rules = ec2.describe_security_group_rules(
            Filters=[{"Name": "group-id", "Values": [group]}]
        )
        descriptions = [rule.get("Description") for rule in rules["SecurityGroupRules"]]
        self.assertIn("From the load balancer", descriptions)


class TagsTest(MotoTest):
    def test_tags_are_read_while_another_request_adds_one(self) -> None:
        ec2 = client("ec2")
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        ec2.create_tags(Resources=[vpc], Tags=[{"Key": "Name", "Value": "one"}])
        stock = tags.get_prefix

        def prefix_while_another_adds(resource: str) -> str:
            added = {"Key": f"other-{len(seen)}", "Value": "two"}
            seen.append(added)
            ec2.create_tags(Resources=[resource], Tags=[added])
            return stock(resource)

        seen: list[dict[str, str]] = []
        with mock.patch.object(tags, "get_prefix", prefix_while_another_adds):
            read = ec2.describe_tags()["Tags"]
        self.assertEqual([tag["Key"] for tag in read if tag["ResourceId"] == vpc], ["Name"])
